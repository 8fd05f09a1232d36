namespace HostingOps.Engine.Inventory.Yaml;

/// <summary>A value of the YAML file with its place (line and column from 1).</summary>
internal abstract class YamlValue(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>Values in it, itself and everything behind aliases included.</summary>
    public int Weight { get; protected set; } = 1;

    /// <summary>Levels in it: 1 for a scalar.</summary>
    public int Height { get; protected set; } = 1;

    /// <summary>What it is, for a message: <c>a list</c>, <c>the text "abc"</c>.</summary>
    public abstract string Description { get; }
}
