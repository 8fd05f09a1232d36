namespace HostingOps.Engine.Tests.Inventory;

/// <summary>An inventory with one thing wrong; a § stands before the place that the finding must name.</summary>
public sealed record FindingCase(string Code, string Name, string Yaml, string Says, string Fix)
{
    public override string ToString() => $"{Code} {Name}";
}
