namespace HostingOps.Engine.Watch.Maintenance;

/// <summary>Whether a site on a host is in maintenance.</summary>
/// <param name="Window">The window that holds, or null.</param>
/// <param name="Until">When this changes: the end of the last of the windows that follow one another, or the next beginning; null for never.</param>
internal readonly record struct MaintenanceState(MaintenanceWindow? Window, DateTimeOffset? Until);
