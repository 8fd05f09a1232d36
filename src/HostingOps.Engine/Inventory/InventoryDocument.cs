namespace HostingOps.Engine.Inventory;

/// <summary>What reading one inventory file gave.</summary>
public sealed record InventoryDocument
{
    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The inventory, or null when there is a finding of severity Error.</summary>
    public HostingInventory? Inventory { get; init; }

    /// <summary>What is wrong or doubtful, in the file's order.</summary>
    public IReadOnlyList<InventoryFinding> Findings { get; init; } = [];

    /// <summary>Whether the inventory can be used: no finding is an error.</summary>
    public bool IsValid => Inventory is not null;
}
