namespace HostingOps;

/// <summary>How the redirector answers for one name over http or https, and where the public DNS sends the name's visitors.</summary>
public sealed record ApexRedirectTest
{
    /// <summary>The site in the inventory.</summary>
    public required string SiteName { get; init; }

    /// <summary>The name asked for: a bare domain or an alias, in ASCII form.</summary>
    public required string Host { get; init; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The URL asked for.</summary>
    public required string Url { get; init; }

    /// <summary>The Location that the inventory wants for it.</summary>
    public required string Expected { get; init; }

    /// <summary>The address that was asked, whatever the DNS says.</summary>
    public required string Address { get; init; }

    /// <summary>The EC2 instance that the first answer names as its own, or null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The HTTP status of the first answer, or null without one.</summary>
    public int? Status { get; init; }

    /// <summary>The Location header of the first answer, byte for byte, or null.</summary>
    public string? Location { get; init; }

    /// <summary>The requests made, in order: one, or more when the first did not lead straight to the target.</summary>
    public IReadOnlyList<ApexRedirectHop> Hops { get; init; } = [];

    /// <summary>The worst of <see cref="Findings"/>; Passed when there are none.</summary>
    public required ApexRedirectOutcome Outcome { get; init; }

    /// <summary>What is wrong, the worst first.</summary>
    public IReadOnlyList<ApexRedirectFinding> Findings { get; init; } = [];

    /// <summary>The end of the certificate's life (UTC), also of one that browsers refuse; null over http.</summary>
    public DateTimeOffset? CertificateNotAfter { get; init; }

    /// <summary>Why browsers would refuse the certificate, or null.</summary>
    public string? CertificateProblem { get; init; }

    /// <summary>Milliseconds that the requests took, without the questions to the DNS.</summary>
    public double Milliseconds { get; init; }

    /// <summary>When it was tested (UTC).</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}://{Host}: {Outcome}";
}
