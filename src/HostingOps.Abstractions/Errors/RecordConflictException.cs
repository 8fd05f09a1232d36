namespace HostingOps;

/// <summary>
/// The world moved between the plan and the switch: names both states and, where it can be known, who moved it.
/// The request that found out changed nothing; the message says whether an earlier one of the same operation may have.
/// </summary>
public sealed class RecordConflictException : HostingException
{
    /// <summary>Creates the error.</summary>
    public RecordConflictException(
        string siteName,
        string message,
        IReadOnlyList<DnsRecordSet> expected,
        IReadOnlyList<DnsRecordSet> actual,
        SwitchMarker? winner = null,
        Exception? innerException = null)
        : base(
            ErrorIds.RecordConflict,
            HostingErrorCategory.Conflict,
            siteName,
            message,
            "Look at the record now with Get-SiteDnsTarget, and make a new plan if the switch is still wanted.",
            innerException)
    {
        Expected = expected;
        Actual = actual;
        Winner = winner;
    }

    /// <summary>The record sets that the plan saw.</summary>
    public IReadOnlyList<DnsRecordSet> Expected { get; }

    /// <summary>The record sets found instead.</summary>
    public IReadOnlyList<DnsRecordSet> Actual { get; }

    /// <summary>The HostingOps operation that got there first, or null when something else did.</summary>
    public SwitchMarker? Winner { get; }
}
