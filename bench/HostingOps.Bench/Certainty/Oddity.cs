namespace HostingOps.Bench.Certainty;

/// <summary>What is known beforehand of a look that is known not to go smoothly.</summary>
/// <param name="Syns">So many first SYNs are lost; -1 when the first is known to arrive.</param>
/// <param name="Handshakes">So many first flights of the handshake are lost.</param>
/// <param name="Requests">So many first flights of the request are lost.</param>
/// <param name="SlowerThan">The quantile above which the answer's time lies.</param>
internal readonly record struct Oddity(int Syns, int Handshakes, int Requests, double SlowerThan);
