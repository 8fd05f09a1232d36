using System.Globalization;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>Maintenance windows as their views show them, live or deserialized.</summary>
public static class MaintenanceText
{
    /// <summary>When a window is: <c>Sat, Sun 02:30 Europe/Berlin, 2 h</c>, or its beginning and end.</summary>
    public static string When(object? window)
    {
        if (window is null)
        {
            return "";
        }

        object? Property(string name) => ViewedObject.Property(window, name);
        var days = ViewedObject.Items(Property(nameof(MaintenanceWindow.Weekly))).Select(ViewedObject.Text).ToList();
        if (days.Count == 0)
        {
            return $"{Minute(Property(nameof(MaintenanceWindow.From)))} to {Minute(Property(nameof(MaintenanceWindow.To)))}";
        }

        return $"{string.Join(", ", days)} {TimeOfDay(Property(nameof(MaintenanceWindow.At)))} {ViewedObject.Text(Property(nameof(MaintenanceWindow.TimeZone)))}, {DisplayText.Duration(Property(nameof(MaintenanceWindow.Duration)))}";
    }

    /// <summary>What a window is for, in a column.</summary>
    public static string Concerns(object? window)
    {
        if (window is null)
        {
            return "";
        }

        var names = new[] { nameof(MaintenanceWindow.Sites), nameof(MaintenanceWindow.Hosts), nameof(MaintenanceWindow.Providers) }
            .SelectMany(name => ViewedObject.Items(ViewedObject.Property(window, name)).Select(ViewedObject.Text)).ToList();
        return names.Count == 0 ? "everything" : string.Join('\n', names);
    }

    private static string Minute(object? at) =>
        ViewedObject.Instant(at) is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm}Z") : "";

    // Deserialized, a time of day is a bag of its parts.
    private static string TimeOfDay(object? at) => ViewedObject.Unwrapped(at) switch
    {
        null => "",
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        var bag => string.Create(CultureInfo.InvariantCulture, $"{ViewedObject.Text(bag, nameof(TimeOnly.Hour)).PadLeft(2, '0')}:{ViewedObject.Text(bag, nameof(TimeOnly.Minute)).PadLeft(2, '0')}"),
    };
}
