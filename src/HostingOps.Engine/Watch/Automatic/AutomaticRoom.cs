using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>What the parts of automatic moves share.</summary>
/// <param name="View">The watcher.</param>
/// <param name="Mover">The open inventory in use at this moment: another one after a reload.</param>
/// <param name="Incidents">The incidents that people know of and that last.</param>
/// <param name="Alerts">Tells people.</param>
/// <param name="Memory">Waits, and what people were told.</param>
/// <param name="Notices">News whose end is still to be told.</param>
/// <param name="Reporter">Told of what people need not be alerted of.</param>
/// <param name="Time">The clock.</param>
/// <param name="Options">The pace.</param>
internal sealed record AutomaticRoom(
    IWatchView View,
    Func<ISiteMover> Mover,
    Func<IReadOnlyList<HostingIncident>> Incidents,
    IAlertSink Alerts,
    MoveMemory Memory,
    MoveNotices Notices,
    IOperationReporter Reporter,
    TimeProvider Time,
    AutomaticOptions Options)
{
    /// <summary>The detail of an alert that holds its own id when it is told within an incident.</summary>
    public const string NewsDetail = "news";

    /// <summary>Tells people, unless they were told the same of the same sites lately.</summary>
    /// <param name="alert">What.</param>
    /// <param name="what">The same for the same news, whatever figures its text holds.</param>
    /// <param name="incidentId">The incident that it belongs to, or null for one of its own.</param>
    public void TellOnce(HostingAlert alert, string what, string? incidentId = null)
    {
        var mover = Mover();
        var resends = mover.Inventory.Notifications.Select(static channel => channel.Resend).Where(static resend => resend > TimeSpan.Zero).ToArray();
        if (Memory.ShouldTell(alert.Sites, what, resends.Length > 0 ? resends.Min() : Options.Resend, () => mover.LastTold(alert.IncidentId)))
        {
            Post(alert, incidentId);
        }
    }

    /// <summary>Tells people of sites that were moved, as news of the incident that they were moved for.</summary>
    public void TellMoved(IEnumerable<FailoverResult> moved, string? inventoryPath)
    {
        var incidents = OpenIncidents.Of(Incidents());
        foreach (var operation in moved.GroupBy(result => (result.OperationId, Incident: incidents.IdOf(result.SiteName))))
        {
            foreach (var result in operation)
            {
                Memory.ToldMoved(result.OperationId!, result.SiteName);
            }

            Post(MoveAlerts.Moved([.. operation], Time.GetUtcNow(), inventoryPath), operation.Key.Incident);
        }
    }

    private void Post(HostingAlert alert, string? incidentId)
    {
        if (incidentId is null)
        {
            Notices.Add(alert);
        }

        Alerts.Post(Within(alert, incidentId));
    }

    /// <summary>The sites as an inventory has them; those that it no longer moves by itself are left out.</summary>
    public static IReadOnlyList<HostedSite> In(HostingInventory inventory, IReadOnlyList<HostedSite> sites)
    {
        var names = sites.Select(static site => site.Name).ToHashSet(StringComparer.Ordinal);
        return [.. inventory.Sites.Where(site => site.Policy.Automatic && names.Contains(site.Name))];
    }

    /// <summary>
    /// Whether another inventory has come into use since: what was planned by the old one may lead to a host that the site no longer has.
    /// </summary>
    public bool IsOutdated(ISiteMover mover)
    {
        if (ReferenceEquals(mover.Inventory, Mover().Inventory))
        {
            return false;
        }

        Reporter.Verbose("The inventory was read again while a move was planned: it is planned anew.");
        return true;
    }

    // Receivers put it with the incident and close it with that. By its own id it is still known whether it was told.
    private static HostingAlert Within(HostingAlert alert, string? incidentId) => incidentId is null ? alert : alert with
    {
        IncidentId = incidentId,
        Details = new Dictionary<string, string?>(alert.Details) { [NewsDetail] = alert.IncidentId },
    };
}
