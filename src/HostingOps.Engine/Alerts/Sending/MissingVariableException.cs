namespace HostingOps.Engine.Alerts.Sending;

/// <summary>A channel's environment variable is not set in this process.</summary>
internal sealed class MissingVariableException(string name) : Exception($"the environment variable {name} is not set here");
