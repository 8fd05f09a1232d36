namespace HostingOps.Sandbox.Ec2;

/// <summary>An image that instances start from.</summary>
internal sealed record CatalogImage(string Id, string Name, string Architecture, string OwnerId, string CreationDate, string State = "available", string? DeprecationTime = null)
{
    /// <summary>The owner's alias, or null: Debian's images belong to an account without one.</summary>
    public string? OwnerAlias => OwnerId == "137112412989" ? "amazon" : null;
}
