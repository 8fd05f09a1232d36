using HostingOps.Engine.Dns;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>The operations that have not ended: what the gate NothingOpen is decided on.</summary>
internal sealed class OpenOperations(FailoverJournal journal, OperationLock locks)
{
    /// <summary>Each site's newest operation that has not ended, by site.</summary>
    /// <param name="zone">The hosted zone.</param>
    /// <param name="isOwn">Whether an operation on a site is the one that is being resumed or taken back: it does not speak against itself.</param>
    public IReadOnlyDictionary<string, OpenOperation> Find(HostedZoneReference zone, Func<FailoverHistoryEntry, bool> isOwn)
    {
        var open = journal.History(new HistoryFilter { ResumableOnly = true, First = int.MaxValue }, zone.Name, zone.Id)
            .Where(entry => !isOwn(entry))
            .DistinctBy(static entry => entry.SiteName)
            .ToArray();
        if (open.Length == 0)
        {
            return new Dictionary<string, OpenOperation>();
        }

        var holders = locks.Holders(zone.Name).ToDictionary(static holder => holder.SiteName, StringComparer.Ordinal);
        return open.ToDictionary(
            static entry => entry.SiteName,
            entry => new OpenOperation(entry, holders.GetValueOrDefault(entry.SiteName) is { } holder && holder.OperationId == entry.OperationId ? holder : null),
            StringComparer.Ordinal);
    }
}
