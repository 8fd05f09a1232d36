using System.Globalization;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>Texts of the views of mirrors.</summary>
public static class MirrorText
{
    /// <summary>A number of bytes, short.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };

    /// <summary>A time, short.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds < 100
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : time.TotalMinutes < 100 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h");

    /// <summary>What a mirror does not have, one reason a line.</summary>
    public static string Omissions(object? omissions) => string.Join(
        Environment.NewLine,
        (ViewedObject.List(omissions) ?? []).Select(static omission => string.Create(
            CultureInfo.InvariantCulture, $"{ViewedObject.Text(omission, "Count")} x {ViewedObject.Text(omission, "Reason")}: {string.Join(", ", (ViewedObject.List(ViewedObject.Property(omission, "Examples")) ?? []).Take(2))}")));
}
