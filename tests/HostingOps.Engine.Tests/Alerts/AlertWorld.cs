using System.Collections.Concurrent;
using HostingOps.Engine.Alerts;
using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Alerts;

/// <summary>A state database, a clock that stands still, and rooms of alerts as several processes have them.</summary>
internal sealed class AlertWorld : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<IDisposable> opened = [];

    public ManualTimeProvider Time { get; } = new();

    public Said Said { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    public string StatePath { get; set; } = "";

    public string Folder => folder.Path;

    public AlertWorld() => StatePath = folder.Combine("state.db");

    public AlertRoom Room(params NotificationChannel[] channels) => Room(Inventory(channels));

    public AlertRoom Room(HostingInventory inventory)
    {
        var room = new AlertRoom(() => inventory, () => StateDatabase.Open(StatePath, Time, TimeSpan.FromSeconds(1)), name => Environment.GetValueOrDefault(name), folder.Path, Said, Time, new Random(1));
        opened.Add(room);
        return room;
    }

    public static HostingInventory Inventory(params NotificationChannel[] channels) => new()
    {
        Zone = "sites.example.net",
        Path = "/etc/hosting.yml",
        Hosts = new Dictionary<string, SiteHost>(),
        Sites = [],
        Notifications = channels,
    };

    public static HostingAlert Alert(string title = "do-1 is down with 40 sites", AlertEvent happened = AlertEvent.Down, string incident = "01INCIDENT", AlertSeverity severity = AlertSeverity.Critical) => new()
    {
        Event = happened,
        Severity = severity,
        IncidentId = incident,
        Title = title,
        Text = "No TCP connection to 203.0.113.10:443.",
        Sites = ["acme", "bakery"],
        Command = "Invoke-SiteFailover acme, bakery -InventoryPath '/etc/hosting.yml'",
        At = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
    };

    /// <summary>What the outbox has, oldest first.</summary>
    public IReadOnlyList<HostingAlertDelivery> Rows(AlertRoom room) => room.Outbox.Register()!.List(null, 1000).Reverse().ToList();

    public void Dispose()
    {
        opened.ForEach(static room => room.Dispose());
        folder.Dispose();
    }
}

/// <summary>Keeps what a reporter is told.</summary>
internal sealed class Said : IOperationReporter
{
    public ConcurrentQueue<string> Warnings { get; } = new();

    public ConcurrentQueue<string> All { get; } = new();

    public void Progress(OperationProgress progress)
    {
    }

    public void Verbose(string message) => All.Enqueue(message);

    public void Warning(string message)
    {
        Warnings.Enqueue(message);
        All.Enqueue(message);
    }
}
