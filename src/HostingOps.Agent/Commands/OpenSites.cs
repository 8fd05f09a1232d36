using HostingOps.Engine.Failover;

namespace HostingOps.Agent.Commands;

/// <summary>What an operation that was broken off has left open.</summary>
internal static class OpenSites
{
    /// <summary>The sites without an end in the journal; none when the journal can't be read.</summary>
    public static IReadOnlyList<FailoverHistoryEntry> Of(Func<HistoryFilter, IReadOnlyList<FailoverHistoryEntry>> history, HistoryFilter filter)
    {
        try
        {
            return history(filter with { ResumableOnly = true });
        }
        catch (HostingException)
        {
            // What stopped the operation matters more than that the journal can't be asked about it.
            return [];
        }
    }
}
