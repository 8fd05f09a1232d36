namespace HostingOps.Engine.Inventory.Writing;

/// <summary>A host guessed from the records that point to it.</summary>
internal sealed class SurveyedHost(string name, string provider)
{
    public string Name { get; } = name;

    public string Provider { get; } = provider;

    public string? Address { get; set; }

    public string? AddressV6 { get; set; }

    public string? Cname { get; set; }

    /// <summary>How many names point to it.</summary>
    public int Records { get; set; }
}
