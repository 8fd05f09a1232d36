using System.Globalization;
using System.Runtime.InteropServices;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>The command that is started: the agent, or this module in PowerShell where there is no agent.</summary>
/// <param name="Arguments">Program and arguments, unquoted.</param>
/// <param name="IsAgent">Whether it is the agent.</param>
internal sealed record WatchCommand(IReadOnlyList<string> Arguments, bool IsAgent)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="HostingException">InvalidArgument: there is neither.</exception>
    public static WatchCommand For(WatchRegistrationRequest request, string? state, TimeSpan? every, RegistrationSurroundings machine)
    {
        var agent = request.AgentPath ?? machine.Find("hostingops");
        if (agent is not null)
        {
            var arguments = new List<string> { agent, "watch", "--inventory", request.InventoryPath };
            if (state is not null)
            {
                arguments.AddRange(["--state", state]);
            }

            if (every is { } interval)
            {
                arguments.AddRange(["--once", "--every", ((long)interval.TotalSeconds).ToString(CultureInfo.InvariantCulture)]);
            }

            return new WatchCommand(arguments, IsAgent: true);
        }

        if (machine is not { ModuleFolder: { } module } || machine.Find("pwsh") is not { } shell)
        {
            throw RegistrationErrors.Unfit(
                nameof(request.AgentPath),
                "Neither `hostingops` nor `pwsh` is on PATH, so there is nothing that could be started.",
                "Name the agent with -AgentPath.");
        }

        var separator = machine.Platform == OSPlatform.Windows ? '\\' : '/';
        var script = $"$ErrorActionPreference = 'Stop'; Import-Module {Literal($"{module}{separator}HostingOps.psd1")}; "
            + (state is null ? "" : $"$env:HOSTINGOPS_STATE = {Literal(state)}; ")
            + $"Start-SiteWatch -InventoryPath {Literal(request.InventoryPath)}"
            + (every is { } pause ? FormattableString.Invariant($" -Once -EverySec {(long)pause.TotalSeconds}") : "");
        return new WatchCommand([shell, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script], IsAgent: false);
    }

    /// <summary>As a person reads it.</summary>
    public override string ToString() => string.Join(' ', Arguments.Select(static word =>
        word.Length > 0 && word.All(static letter => char.IsAsciiLetterOrDigit(letter) || @"@%+=:,./-_\".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"\"{word}\""));

    // PowerShell also takes these four for a single quote (about_Quoting_Rules).
    private static string Literal(string text)
    {
        var literal = text;
        foreach (var quote in "'\u2018\u2019\u201a\u201b")
        {
            literal = literal.Replace(quote.ToString(), new string(quote, 2), StringComparison.Ordinal);
        }

        return $"'{literal}'";
    }
}
