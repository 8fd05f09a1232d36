namespace HostingOps.Engine.Inventory;

/// <summary>An environment variable that the inventory names is not set in this process.</summary>
internal sealed class MissingVariableException(string name) : Exception($"the environment variable {name} is not set here");
