using System.Collections;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>
/// Reads what a view is given in one way, whether it is one of our objects or came back from Import-Clixml, a job or a remote
/// session: there a record is a bag of properties, an enumeration its name, and a time an object with a UtcDateTime.
/// </summary>
internal static class ViewedObject
{
    public static object? Unwrapped(object? value) => IsWrapped(value) ? WrappedObject.Base(value!) : value;

    public static object? Property(object item, string name) =>
        IsWrapped(item) ? WrappedObject.Property(item, name) : item.GetType().GetProperty(name)?.GetValue(item);

    public static string Text(object? value) => value?.ToString() ?? "";

    public static string Text(object item, string name) => Text(Property(item, name));

    public static IEnumerable<object> Items(object? items) => Unwrapped(items) switch
    {
        null => [],
        string text => [text],
        IEnumerable many => many.Cast<object?>().OfType<object>(),
        var one => [one],
    };

    public static DateTimeOffset? Instant(object? at) => Unwrapped(at) switch
    {
        null => null,
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time.ToUniversalTime()),
        var bag => Unwrapped(Property(bag, nameof(DateTimeOffset.UtcDateTime))) is DateTime time
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
            : null,
    };

    // By name, so that nothing of PowerShell is loaded for what is not of PowerShell.
    private static bool IsWrapped(object? value) => value?.GetType().FullName == "System.Management.Automation.PSObject";
}
