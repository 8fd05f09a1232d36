namespace HostingOps;

/// <summary>Something wrong or doubtful in an inventory.</summary>
public sealed record InventoryFinding
{
    /// <summary>Error stops every cmdlet, Warning none.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Stable code, for example <c>INV004</c>. docs/inventory.md lists them.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>What to write instead, or null.</summary>
    public string? SuggestedFix { get; init; }

    /// <summary>The inventory file.</summary>
    public required string Path { get; init; }

    /// <summary>Line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Column, from 1.</summary>
    public required int Column { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Path}:{Line}:{Column}: {Severity.ToString().ToLowerInvariant()} {Code}: {Message}")
        + (SuggestedFix is null ? "" : $" Fix: {SuggestedFix}");
}
