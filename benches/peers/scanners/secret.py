"""Our secrets alone, beside scanners that look for nothing else."""

from scanners import binding


class Engine(binding.Engine):
    families = ("secret",)
