using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>What the parts of automatic moves share.</summary>
/// <param name="View">The watcher.</param>
/// <param name="Mover">The open inventory in use at this moment: another one after a reload.</param>
/// <param name="Alerts">Tells people.</param>
/// <param name="Memory">Waits, and what people were told.</param>
/// <param name="Reporter">Told of what people need not be alerted of.</param>
/// <param name="Time">The clock.</param>
/// <param name="Options">The pace.</param>
internal sealed record AutomaticRoom(
    IWatchView View,
    Func<ISiteMover> Mover,
    IAlertSink Alerts,
    MoveMemory Memory,
    IOperationReporter Reporter,
    TimeProvider Time,
    AutomaticOptions Options);
