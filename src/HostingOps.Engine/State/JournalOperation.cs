namespace HostingOps.Engine.State;

/// <summary>One operation on one or more sites of a zone.</summary>
internal sealed record JournalOperation
{
    /// <summary>The id; <see cref="FailoverJournal.Begin(JournalOperation)"/> assigns one when it is empty. Up to 64 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>Why the sites are moved.</summary>
    public required FailoverKind Kind { get; init; }

    /// <summary>Who runs it, <c>user@machine</c>.</summary>
    public required string By { get; init; }

    /// <summary>The inventory file it is run with, or null.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>The hosted zone's name. Stored in lower case without trailing dot.</summary>
    public required string Zone { get; init; }

    /// <summary>The hosted zone's id, or null.</summary>
    public string? ZoneId { get; init; }

    /// <summary>
    /// Whether it was begun in that hosted zone. The name alone does not tell: a rehearsal's zone, or another account's, may
    /// have the same.
    /// </summary>
    public bool IsIn(string zoneId) => ZoneId is null || ZoneId == zoneId;

    /// <summary>The AWS-compatible endpoint it is run against, or null for AWS.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>The operation that this one takes back, or null.</summary>
    public string? UndoOf { get; init; }

    /// <summary>When it began (UTC); <see cref="FailoverJournal.Begin(JournalOperation)"/> takes the database's clock when it is default.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The sites with their plans, in order.</summary>
    public required IReadOnlyList<JournalSite> Sites { get; init; }
}
