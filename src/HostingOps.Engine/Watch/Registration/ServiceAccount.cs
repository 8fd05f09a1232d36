using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>As whom a unit runs, and what it may not do.</summary>
/// <param name="Scope">Whose unit it is.</param>
/// <param name="User">The account of a unit of the machine.</param>
/// <param name="StateFolder">A folder other than its own that it writes its state to, or null.</param>
/// <param name="SeesHomes">Whether something that it reads is in a home folder.</param>
internal sealed record ServiceAccount(SiteWatchScope Scope, string User, string? StateFolder, bool SeesHomes)
{
    public string Target => Scope == SiteWatchScope.System ? "multi-user.target" : "default.target";

    /// <summary>The lines that name it, and its folders.</summary>
    public void AppendTo(StringBuilder text)
    {
        if (Scope == SiteWatchScope.User)
        {
            text.AppendLine("UMask=0077");
            return;
        }

        // Operators in the account's group share its state, so that the watch knows what was done by hand.
        text.AppendLine("UMask=0007");
        text.AppendLine(CultureInfo.InvariantCulture, $"User={User}");
        text.AppendLine("StateDirectory=hostingops").AppendLine("StateDirectoryMode=2770");

        // .NET and PowerShell keep caches in their home.
        text.AppendLine("Environment=HOME=%S/hostingops");
        if (StateFolder is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"ReadWritePaths={QuotedWord.SystemdPath(StateFolder)}");
        }
    }

    /// <summary>
    /// The lines that take rights away. ProtectProc= and ProcSubset= are left out: a lock's holder that can't be seen would be
    /// taken for dead. A unit of an account can only use those that need no privilege.
    /// </summary>
    public void AppendSandboxTo(StringBuilder text)
    {
        text.AppendLine("NoNewPrivileges=yes");
        if (Scope == SiteWatchScope.System)
        {
            text.AppendLine("CapabilityBoundingSet=").AppendLine("AmbientCapabilities=");
            text.AppendLine("ProtectSystem=strict");
            text.AppendLine(CultureInfo.InvariantCulture, $"ProtectHome={(SeesHomes ? "read-only" : "yes")}");
            text.AppendLine("""
                PrivateTmp=yes
                PrivateDevices=yes
                ProtectClock=yes
                ProtectHostname=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                ProtectControlGroups=yes
                RemoveIPC=yes
                """);
        }

        text.AppendLine("""
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            LockPersonality=yes
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged
            SystemCallErrorNumber=EPERM
            # MemoryDenyWriteExecute= is missing on purpose: .NET compiles at run time.
            """);
    }
}
