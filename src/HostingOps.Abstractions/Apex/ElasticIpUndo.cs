namespace HostingOps;

/// <summary>The way back from a move: pipe it to Move-ElasticIp, or type <see cref="Command"/>.</summary>
public sealed record ElasticIpUndo
{
    /// <summary>The address.</summary>
    public required string PublicIp { get; init; }

    /// <summary>The instance that had it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The inventory file.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>The command that moves it back.</summary>
    public string Command =>
        $"Move-ElasticIp -PublicIp {PublicIp} -InstanceId {InstanceId}{(InventoryPath is null ? "" : $" -InventoryPath '{InventoryPath.Replace("'", "''", StringComparison.Ordinal)}'")}";

    /// <inheritdoc/>
    public override string ToString() => Command;
}
