using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.DynamicDns.Uplinks;

/// <summary>Tells people of a change of uplink, each change once, however often it is tried.</summary>
/// <param name="room">The alerts; opened when there is something to tell.</param>
internal sealed class UplinkAlerts(Func<AlertRoom> room)
{
    /// <summary>Tells them, now.</summary>
    /// <returns>Whether anybody was told; null when nobody is to be told. Who could not be told yet is tried again by the next run.</returns>
    public Task<bool?> TellAsync(UplinkChange change, CancellationToken cancellationToken) =>
        room().Dispatcher.TellAsync(Alert(change), cancellationToken);

    /// <summary>Takes back what still waits: the inventory no longer wants it told.</summary>
    public void Withdraw(UplinkChange change) =>
        room().Outbox.Register()?.Withdraw(IncidentOf(change), "the inventory no longer wants it told");

    /// <summary>Sends what is due of earlier changes.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => room().Outbox.Inventory.Notifications.Count == 0
        ? Task.CompletedTask
        : room().Dispatcher.SettleAsync(cancellationToken);

    private static HostingAlert Alert(UplinkChange change) => new()
    {
        Event = AlertEvent.Uplink,
        Severity = AlertSeverity.Warning,
        IncidentId = IncidentOf(change),
        Title = change.To is { } to ? $"The uplink is now '{to}'" : "The uplink is the usual line again",
        Text = change.Reason,
        Sites = change.ManualSites,
        Command = change.Command,
        At = change.At,
        Details = new Dictionary<string, string?>
        {
            ["record"] = change.Record,
            ["from"] = change.From,
            ["to"] = change.To,
            ["address"] = change.Address,
        },
    };

    private static string IncidentOf(UplinkChange change) => $"uplink-{change.Record}-{change.At.UtcDateTime:yyyyMMdd'T'HHmmss'.'fffffff}";
}
