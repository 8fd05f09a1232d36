namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>What is known beforehand of the two looks of a routine check that is not surely answered.</summary>
/// <param name="Cheap">Of the cheap look.</param>
/// <param name="Full">Of the full probe behind it.</param>
/// <param name="Kept">Whether the cheap look has a connection.</param>
internal readonly record struct Oddities(Oddity Cheap, Oddity Full, bool Kept);
