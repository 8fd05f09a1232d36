namespace HostingOps.Engine.Inventory.Reading;

/// <summary>The keys that one kind of mapping may have.</summary>
/// <param name="Definition">Name of the definition in the JSON Schema, or the empty string for its root.</param>
/// <param name="Keys">The keys, in the order in which they are documented and written.</param>
internal sealed record KeySet(string Definition, params string[] Keys)
{
    public bool Contains(string key) => Array.IndexOf(Keys, key) >= 0;
}
