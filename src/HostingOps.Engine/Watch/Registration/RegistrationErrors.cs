namespace HostingOps.Engine.Watch.Registration;

/// <summary>The errors of registering a watch.</summary>
internal static class RegistrationErrors
{
    public static HostingException Unfit(object? target, string message, string action) =>
        new(ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, target, message, action);

    public static HostingException Foreign(string where, string what) => new(
        ErrorIds.WatchRegistrationForeign,
        HostingErrorCategory.Conflict,
        where,
        $"{what} was not written by Register-SiteWatch. Nothing was changed.",
        "Move it away, or choose another -TaskName.");

    public static HostingException CommandFailed(string command, int? code, string output) => new(
        ErrorIds.WatchRegistrationFailed,
        HostingErrorCategory.ResourceUnavailable,
        command,
        $"`{command}` {(code is { } number ? FormattableString.Invariant($"ended with {number}") : "did not run")}: {(output.Length > 0 ? output : "it said nothing.")}",
        "Mend what it says and run the command again: it does what is left.");
}
