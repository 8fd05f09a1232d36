namespace HostingOps.Sandbox.Route53;

/// <summary>A text is no domain name.</summary>
internal sealed class RecordNameException(string problem, string text)
    : Exception($"FATAL problem: {problem} encountered with '{text}'");
