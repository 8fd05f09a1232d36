namespace HostingOps.Engine.Mirror.Checking;

/// <summary>What came of asking a host for its mirror's health.</summary>
/// <param name="Host">The host asked.</param>
/// <param name="Address">The address asked, or null.</param>
/// <param name="Health">What it said, or null.</param>
/// <param name="Failure">Why it is not known, as a clause, or null.</param>
internal sealed record MirrorSighting(string Host, string? Address, MirrorHealth? Health, string? Failure);
