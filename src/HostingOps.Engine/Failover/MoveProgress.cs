namespace HostingOps.Engine.Failover;

/// <summary>The activity of an operation and the names of its parts, which show as bars below it.</summary>
internal static class MoveProgress
{
    public const string Activity = "Moving sites";

    public const string Hooks = "Running hooks";

    public const string Switching = "Switching records";

    public const string Syncing = "Waiting for INSYNC";

    public const string Proving = "Proving the switch";

    public const string Asking = "Asking the name servers";
}
