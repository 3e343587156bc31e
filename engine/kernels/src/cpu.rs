//! The only place that asks what the processor can do.

use std::fmt;

/// An instruction set that this processor has: the value is the proof, because it can be had only
/// by asking.
///
/// ```
/// use sluicegate_kernels::Kernel;
/// assert!(Kernel::available().any(|kernel| kernel == Kernel::PORTABLE));
/// assert_eq!(Kernel::available().next(), Some(Kernel::best()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kernel(pub(crate) Isa);

/// The instruction sets that kernels are written for, the fastest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Isa {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

impl Isa {
    const ALL: &[Self] = &[
        #[cfg(target_arch = "x86_64")]
        Self::Avx512,
        #[cfg(target_arch = "x86_64")]
        Self::Avx2,
        Self::Portable,
    ];

    fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                Self::Avx2.is_available()
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vbmi")
                    && is_x86_feature_detected!("avx512vbmi2")
                    && is_x86_feature_detected!("gfni")
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => {
                is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("bmi1")
                    && is_x86_feature_detected!("bmi2")
                    && is_x86_feature_detected!("lzcnt")
                    && is_x86_feature_detected!("popcnt")
            }
            Self::Portable => true,
        }
    }
}

impl Kernel {
    /// What every processor has.
    pub const PORTABLE: Self = Self(Isa::Portable);

    /// Every instruction set of this processor that kernels are written for, the fastest first.
    pub fn available() -> impl Iterator<Item = Self> {
        Isa::ALL
            .iter()
            .filter(|isa| isa.is_available())
            .map(|&isa| Self(isa))
    }

    /// The fastest of this processor.
    pub fn best() -> Self {
        Self::available().next().unwrap_or(Self::PORTABLE)
    }

    /// The one with this name, `portable`, `avx2` or `avx512`, where the processor has it.
    pub fn named(name: &str) -> Option<Self> {
        Self::available().find(|kernel| kernel.as_str() == name)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => "avx512",
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => "avx2",
            Isa::Portable => "portable",
        }
    }
}

/// Calls the function of a kernel's instruction set: for AVX-512, for AVX2, for every processor.
macro_rules! by_kernel {
    ($kernel:expr, [$avx512:path, $avx2:path, $portable:path], $($argument:expr),+) => {
        match $kernel.0 {
            #[cfg(target_arch = "x86_64")]
            $crate::cpu::Isa::Avx512 => {
                // SAFETY: a `Kernel` of this instruction set exists only where the processor has it.
                unsafe { $avx512($($argument),+) }
            }
            #[cfg(target_arch = "x86_64")]
            $crate::cpu::Isa::Avx2 => {
                // SAFETY: a `Kernel` of this instruction set exists only where the processor has it.
                unsafe { $avx2($($argument),+) }
            }
            $crate::cpu::Isa::Portable => $portable($($argument),+),
        }
    };
}
pub(crate) use by_kernel;

impl Default for Kernel {
    fn default() -> Self {
        Self::best()
    }
}

impl fmt::Debug for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
