namespace HostingOps;

/// <summary>What an audit asks a client's IT department for, ready to be mailed.</summary>
public sealed record SiteDnsMessage
{
    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>The client's bare domain.</summary>
    public required string Domain { get; init; }

    /// <summary>How many things it asks for.</summary>
    public required int RequestCount { get; init; }

    /// <summary>The subject, one line.</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text in lines of at most 72 characters, but for records that are longer; line ends are LF.</summary>
    public required string Body { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Subject;
}
