using System.Globalization;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>Plans of zone changes for the default views. Used by the module's Format.ps1xml files; not meant for scripts.</summary>
public static class ZoneChangeLines
{
    private const int Most = 20;

    /// <summary>Changes, a line each: what is done with which record. The first twenty, and how many more there are.</summary>
    public static string Changes(object? changes) =>
        Lines(changes, static change => $"{ViewedObject.Text(change, nameof(DnsRecordChange.Action))} {ViewedObject.Text(change, nameof(DnsRecordChange.Record))}");

    /// <summary>Notices, a line each: what is left alone, and why. The first twenty, and how many more there are.</summary>
    public static string Notices(object? notices) => Lines(
        notices,
        static notice => $"{ViewedObject.Text(notice, nameof(ZoneNotice.Kind))} {ViewedObject.Text(notice, nameof(ZoneNotice.Record))}: {ViewedObject.Text(notice, nameof(ZoneNotice.Message))}");

    /// <summary>The limits that refuse, by name, or nothing.</summary>
    public static string Refusals(object? gates) => string.Join(", ", ViewedObject.Items(gates)
        .Where(static gate => ViewedObject.Text(gate, nameof(ZoneChangeGate.Outcome)) == nameof(GateOutcome.Refused))
        .Select(static gate => ViewedObject.Text(gate, nameof(ZoneChangeGate.Name))));

    private static string Lines(object? items, Func<object, string> line)
    {
        var all = ViewedObject.Items(items).ToList();
        var shown = all.Take(Most).Select(line).ToList();
        if (all.Count > Most)
        {
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"... and {all.Count - Most} more"));
        }

        return string.Join('\n', shown);
    }
}
