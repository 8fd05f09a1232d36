namespace HostingOps.Engine.Inventory.Yaml;

/// <summary>Reading cannot go on: the one finding that says why. Never leaves the YAML reader.</summary>
internal sealed class YamlStopException(InventoryRule rule, int line, int column, string message, string? fix = null) : Exception(message)
{
    public InventoryRule Rule { get; } = rule;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public string? Fix { get; } = fix;
}
