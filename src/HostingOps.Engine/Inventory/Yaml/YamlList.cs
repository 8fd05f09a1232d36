namespace HostingOps.Engine.Inventory.Yaml;

/// <summary>A sequence.</summary>
internal sealed class YamlList(int line, int column) : YamlValue(line, column)
{
    private readonly List<YamlValue> items = [];

    public IReadOnlyList<YamlValue> Items => items;

    public override string Description => "a list";

    public void Add(YamlValue item)
    {
        items.Add(item);
        Weight += item.Weight;
        Height = Math.Max(Height, item.Height + 1);
    }
}
