using System.Xml.Linq;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>As whom a scheduled task runs: LOCAL SERVICE, or a group managed service account.</summary>
/// <param name="Name">The account as it was given, or null for LOCAL SERVICE.</param>
internal sealed record TaskAccount(string? Name)
{
    public const string PrincipalId = "Author";

    // By its SID (well-known SIDs), for the name differs between languages.
    private const string LocalService = "S-1-5-19";
    private static readonly string[] LocalServiceNames = ["LOCAL SERVICE", "LocalService", @"NT AUTHORITY\LOCAL SERVICE", @"NT AUTHORITY\LocalService"];

    /// <summary>Whether its password is Windows's own business.</summary>
    public bool IsManaged => Name?.EndsWith('$') == true;

    /// <summary>The account as people read it.</summary>
    public string Shown => Name ?? @"NT AUTHORITY\LOCAL SERVICE";

    /// <summary>The account as icacls takes it.</summary>
    public string Trustee => Name ?? "*" + LocalService;

    /// <summary>Reads -User.</summary>
    /// <exception cref="HostingException">InvalidArgument: an account with a password, which nobody should have to give.</exception>
    public static TaskAccount Of(string? user) => user switch
    {
        null or LocalService => new TaskAccount((string?)null),
        _ when user.EndsWith('$') => new TaskAccount(user),
        _ when LocalServiceNames.Contains(user, StringComparer.OrdinalIgnoreCase) => new TaskAccount((string?)null),
        _ => throw RegistrationErrors.Unfit(
            user,
            $"A task can't be registered for '{user}': that account has a password, which would have to be given and kept.",
            @"Use LOCAL SERVICE, the default, or a group managed service account, whose name ends in $: 'AGENCY\hostingops$'."),
    };

    /// <summary>The principal's element.</summary>
    public XElement Principal(XNamespace ns) => new(
        ns + "Principal",
        new XAttribute("id", PrincipalId),
        new XElement(ns + "UserId", Name ?? LocalService),
        IsManaged ? new XElement(ns + "LogonType", "Password") : null,
        new XElement(ns + "RunLevel", "LeastPrivilege"));
}
