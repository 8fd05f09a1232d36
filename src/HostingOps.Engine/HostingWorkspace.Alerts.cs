using HostingOps.Engine.Alerts;
using HostingOps.Engine.State;

namespace HostingOps.Engine;

/// <content>What people are told.</content>
public sealed partial class HostingWorkspace
{
    // Who posts an alert must not wait for a lock as long as an operation does.
    private static readonly TimeSpan AlertBusyTimeout = TimeSpan.FromSeconds(1);

    private readonly Lazy<AlertRoom> alerts;

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

    private string? StatePath => options.StatePath is { } path ? Path.Combine(options.WorkingDirectory, path) : null;
}
