"""Our personal, payment and network data alone, beside recognisers that look for nothing else."""

from scanners import binding


class Engine(binding.Engine):
    families = ("bank", "crypto", "health", "network", "pci", "pii")
