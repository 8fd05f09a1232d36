namespace HostingOps;

/// <summary>How a recovery of the bare domains' redirector ended, what it left behind, and the way back.</summary>
public sealed record ApexRecoveryResult
{
    /// <summary>The operation in the journal, or null when none was begun.</summary>
    public string? OperationId { get; init; }

    /// <summary>How it ended.</summary>
    public required ApexRecoveryOutcome Outcome { get; init; }

    /// <summary>What happened, and what can be done next.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the error, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The Elastic IP.</summary>
    public required string PublicIp { get; init; }

    /// <summary>Its id.</summary>
    public required string AllocationId { get; init; }

    /// <summary>The former redirector, or null when no instance had the address.</summary>
    public string? OldInstanceId { get; init; }

    /// <summary>Whether the former redirector's termination was begun.</summary>
    public bool OldTerminated { get; init; }

    /// <summary>The new redirector, or null when none was launched.</summary>
    public string? NewInstanceId { get; init; }

    /// <summary>The public address that the new redirector had of its own, or null. It loses it when the Elastic IP comes.</summary>
    public string? NewPublicIp { get; init; }

    /// <summary>The new redirector's availability zone, or null.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Whether the address was moved.</summary>
    public bool Moved { get; init; }

    /// <summary>How many redirects were proven through the Elastic IP.</summary>
    public int RedirectsProven { get; init; }

    /// <summary>How many redirects there are.</summary>
    public int RedirectCount { get; init; }

    /// <summary>Whether they were proven over https too.</summary>
    public bool HttpsTested { get; init; }

    /// <summary>What happened when.</summary>
    public IReadOnlyList<ApexRecoveryEvent> Timeline { get; init; } = [];

    /// <summary>What did not keep the recovery from going on and should be known.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The way back, or null when the address was not moved, no instance had it before, or that instance is terminated.</summary>
    public ElasticIpUndo? Undo { get; init; }

    /// <summary>Whether Restore-ApexRedirector -Resume can go on with it.</summary>
    public bool Resumable { get; init; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>The conditions with their answers.</summary>
    public IReadOnlyList<ApexRecoveryGate> Gates { get; init; } = [];

    /// <summary>The inventory file.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration => EndedAt - StartedAt;

    /// <inheritdoc/>
    public override string ToString() => $"{PublicIp}: {Outcome}";
}
