using System.Globalization;
using HostingOps.Engine.Failover.Hooks;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>What an inventory says, for the default views. Used by the module's Format.ps1xml files; not meant for scripts.</summary>
public static class InventoryText
{
    /// <summary>A host with its provider and where it is: <c>do-1 (digitalocean, 203.0.113.10, 2001:db8:1::10)</c>.</summary>
    public static string Host(object? host)
    {
        if (host is null)
        {
            return "";
        }

        var about = new[] { ViewedObject.Text(host, nameof(SiteHost.Provider)), Place(host) }.Where(static text => text.Length > 0);
        return $"{ViewedObject.Text(host, nameof(SiteHost.Name))} ({string.Join(", ", about)})";
    }

    /// <summary>Where a host is: its name, or its addresses.</summary>
    public static string Place(object? host) => host is null ? "" : string.Join(", ",
        new[] { nameof(SiteHost.Cname), nameof(SiteHost.Address), nameof(SiteHost.AddressV6) }
            .Select(name => ViewedObject.Text(host, name)).Where(static text => text.Length > 0));

    /// <summary>Where connections to a host or to the apex go instead, a line for each.</summary>
    public static string ConnectTo(object? host) => host is null ? "" : string.Join('\n',
        ViewedObject.Items(ViewedObject.Property(host, nameof(SiteHost.ConnectTo)))
            .Select(static pair => $"{ViewedObject.Text(pair, "Key")} -> {ViewedObject.Text(pair, "Value")}"));

    /// <summary>How a site is checked, in a line.</summary>
    public static string Check(object? check, string? hostName)
    {
        if (check is null)
        {
            return "";
        }

        string Text(string name) => ViewedObject.Text(check, name);
        string Duration(string name) => DisplayText.Duration(ViewedObject.Property(check, name));
        var port = Text(nameof(HealthCheckPolicy.Port)) is { Length: > 0 } number ? ":" + number : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Text(nameof(HealthCheckPolicy.Scheme))}://{hostName}{port}{Text(nameof(HealthCheckPolicy.Path))} every {Duration(nameof(HealthCheckPolicy.Interval))}, timeout {Duration(nameof(HealthCheckPolicy.Timeout))}, down after {Text(nameof(HealthCheckPolicy.FailAfter))}, up after {Text(nameof(HealthCheckPolicy.RecoverAfter))}");
    }

    /// <summary>The hooks of a site in the order of their stages, a line each: the stage, its patience, the command.</summary>
    public static string Hooks(object? hooks) => hooks is null ? "" : string.Join('\n', Enum.GetNames<HookStage>().SelectMany(stage =>
        ViewedObject.Items(ViewedObject.Property(hooks, stage)).Select(hook => Hook(stage, hook))));

    /// <summary>The hooks of a plan in the order they would run, a line each.</summary>
    public static string PlannedHooks(object? hooks) => string.Join('\n', ViewedObject.Items(hooks)
        .Select(static hook => Hook(ViewedObject.Text(hook, nameof(PlannedHook.Stage)), hook)));

    /// <summary>A command's words with a space between; a word with a space or nothing in it stands in quotes.</summary>
    public static string Command(object? argv) => string.Join(' ', ViewedObject.Items(argv).Select(ViewedObject.Text)
        .Select(static word => word.Length == 0 || word.Any(char.IsWhiteSpace) ? $"'{word}'" : word));

    /// <summary>How a probe spent its time: <c>Connect 12 ms, Tls 20 ms, Total 41 ms</c>.</summary>
    public static string Timings(object? timings) => timings is null ? "" : string.Join(", ",
        new[]
        {
            nameof(ProbeTimings.Resolve), nameof(ProbeTimings.Connect), nameof(ProbeTimings.Tls), nameof(ProbeTimings.FirstByte),
            nameof(ProbeTimings.Body), nameof(ProbeTimings.Total),
        }
        .Select(name => (Name: name, Text: DisplayText.Milliseconds(ViewedObject.Property(timings, name) as double?)))
        .Where(static phase => phase.Text.Length > 0)
        .Select(static phase => $"{phase.Name} {phase.Text}"));

    private static string Hook(string stage, object hook) =>
        $"{stage,-7} {DisplayText.Duration(ViewedObject.Property(hook, nameof(HostingOps.Hook.Timeout))),6}  {HookText.Mask(Command(ViewedObject.Property(hook, nameof(HostingOps.Hook.Argv))))}";
}
