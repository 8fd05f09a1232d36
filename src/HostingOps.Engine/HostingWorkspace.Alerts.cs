using HostingOps.Engine.Alerts;
using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.State;

namespace HostingOps.Engine;

/// <content>What people are told.</content>
public sealed partial class HostingWorkspace
{
    // Who posts an alert must not wait for a lock as long as an operation does.
    private static readonly TimeSpan AlertBusyTimeout = TimeSpan.FromSeconds(1);

    private readonly Lazy<AlertRoom> alerts;

    /// <summary>Incidents, newest first: those that last, or also those that have ended. Needs the state database only.</summary>
    /// <param name="openOnly">Only those that last.</param>
    /// <param name="first">How many at most.</param>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt.</exception>
    public IReadOnlyList<HostingIncident> GetIncidents(bool openOnly, int first)
    {
        var register = new IncidentRegister(state.Value, AlertScope.Of(Inventory));
        var incidents = openOnly ? register.Open().Reverse().Take(first) : register.History(first);
        return incidents.Select(incident => incident with { InventoryPath = Inventory.Path }).ToList();
    }

    /// <summary>Alerts on their way and delivered, newest first. Needs the state database only.</summary>
    /// <param name="outcome">Only these, or null for all.</param>
    /// <param name="first">How many at most.</param>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt.</exception>
    public IReadOnlyList<HostingAlertDelivery> GetAlerts(AlertDeliveryOutcome? outcome, int first) =>
        Register.List(outcome, first).Select(Placed).ToList();

    /// <summary>The notification channels that match, each with its name.</summary>
    /// <param name="patterns">Names with wildcards, or null for all.</param>
    /// <exception cref="HostingException">ChannelNotFound.</exception>
    public IReadOnlyList<(string Name, NotificationChannel Channel)> SelectChannels(IReadOnlyList<string>? patterns)
    {
        var all = ChannelNames.Of(Inventory.Notifications);
        if (all.Count == 0)
        {
            throw NoChannel(null, "The inventory has no notification channels.", "Add one under 'notifications': docs/alerts.md shows how.");
        }

        if (patterns is null)
        {
            return all;
        }

        var chosen = new List<(string Name, NotificationChannel Channel)>();
        foreach (var pattern in patterns)
        {
            var matching = all.Where(channel => NamePattern.Parse(pattern).IsMatch(channel.Name)).ToList();
            if (matching.Count == 0 && !NamePattern.Parse(pattern).HasWildcards)
            {
                throw NoChannel(pattern, $"The inventory has no notification channel '{pattern}'.", $"There are: {string.Join(", ", all.Select(static channel => channel.Name))}.");
            }

            chosen.AddRange(matching.Where(channel => !chosen.Contains(channel)));
        }

        return chosen;
    }

    /// <summary>Sends an alert of the event Test to a channel, now, whatever it is told of. It is not kept, and not tried again.</summary>
    /// <param name="name">The channel's name.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="message">What it says, or null.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<HostingAlertDelivery> TestAlertAsync(string name, NotificationChannel channel, string? message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var now = options.Time.GetUtcNow();
        var id = new OperationIdSource(options.Time).Next();
        var alert = new HostingAlert
        {
            Event = AlertEvent.Test,
            Severity = AlertSeverity.Information,
            IncidentId = "test-" + id,
            Title = $"A test of the notification channel {name}",
            Text = message ?? $"{OperatorIdentity.Current()} has sent this to see whether it arrives. Nothing is wrong.",
            At = now,
        };
        var begun = options.Time.GetTimestamp();
        var answer = await Alerts.Sender.SendAsync(channel, alert, id, cancellationToken).ConfigureAwait(false);
        reporter.Verbose($"The notification channel {name} ({channel.Place}): {answer.Text}");
        if (answer.IsSent && channel.Preset == NotificationPreset.PagerDuty)
        {
            // Nobody else would ever resolve what the test has opened there.
            var end = await Alerts.Sender.SendAsync(channel, alert with { Event = AlertEvent.Recovered }, id + "-end", cancellationToken).ConfigureAwait(false);
            answer = end.IsSent ? answer : end;
        }

        return new HostingAlertDelivery
        {
            Channel = name,
            Kind = channel.Kind,
            Place = channel.Place,
            Outcome = answer.IsSent ? AlertDeliveryOutcome.Sent : AlertDeliveryOutcome.Undelivered,
            Answer = answer.Text,
            Attempts = 1,
            Milliseconds = options.Time.GetElapsedTime(begun).TotalMilliseconds,
            SentAt = answer.IsSent ? options.Time.GetUtcNow() : null,
            Alert = alert,
            InventoryPath = Inventory.Path,
        };
    }

    /// <summary>Sends an undelivered alert again, now; should it fail again, it waits in the outbox as a new one does.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <exception cref="HostingException">AlertNotFound, StateUnavailable, StateCorrupt.</exception>
    public async Task<HostingAlertDelivery> ResendAlertAsync(long id, CancellationToken cancellationToken)
    {
        var register = Register;
        if (register.Renew([id]) is not [var delivery])
        {
            throw new HostingException(
                ErrorIds.AlertNotFound,
                HostingErrorCategory.ObjectNotFound,
                id,
                FormattableString.Invariant($"The outbox has no undelivered alert {id}."),
                "Get-HostingAlert -Undelivered lists them.");
        }

        var begun = options.Time.GetTimestamp();
        while (await Alerts.Dispatcher.SendNextAsync(delivery.Channel, delivery.Alert.IncidentId, options.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false) == true
            && register.Find(id) is { Outcome: AlertDeliveryOutcome.Waiting })
        {
            // What was told of the same incident before it comes first.
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Placed(register.Find(id)!) with { Milliseconds = options.Time.GetElapsedTime(begun).TotalMilliseconds };
    }

    /// <summary>The alerts of this workspace's inventory.</summary>
    internal AlertRoom Alerts => alerts.Value;

    /// <summary>A room of alerts that outlives this workspace: the watcher's, which opens another one when the inventory changes.</summary>
    internal AlertRoom NewAlertRoom() => new(
        () => Inventory,
        () => StateDatabase.Open(StatePath, options.Time, AlertBusyTimeout),
        Environment.GetEnvironmentVariable,
        Path.GetDirectoryName(Inventory.Path) is { Length: > 0 } folder ? folder : options.WorkingDirectory,
        reporter,
        options.Time,
        options.Random);

    private AlertRegister Register => new(state.Value, AlertScope.Of(Inventory));

    private HostingAlertDelivery Placed(HostingAlertDelivery delivery) =>
        ChannelNames.Of(Inventory.Notifications).FirstOrDefault(channel => channel.Name == delivery.Channel) is { Channel: { } channel }
            ? delivery with { Kind = channel.Kind, Place = channel.Place, InventoryPath = delivery.InventoryPath ?? Inventory.Path }
            : delivery with { InventoryPath = delivery.InventoryPath ?? Inventory.Path };

    private static HostingException NoChannel(string? name, string message, string action) =>
        new(ErrorIds.ChannelNotFound, HostingErrorCategory.ObjectNotFound, name, message, action);

    private string? StatePath => options.StatePath is { } path ? Path.Combine(options.WorkingDirectory, path) : null;
}
