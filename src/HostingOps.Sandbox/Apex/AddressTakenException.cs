namespace HostingOps.Sandbox.Apex;

/// <summary>A port was free when it was chosen, and is no longer.</summary>
internal sealed class AddressTakenException(string message) : IOException(message);
