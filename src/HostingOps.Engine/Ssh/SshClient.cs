using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using HostingOps.Engine.Failover.Hooks;

namespace HostingOps.Engine.Ssh;

/// <summary>
/// The system's OpenSSH, with the user's own configuration, agent and known_hosts. Host keys are always checked, and nothing is
/// ever asked: an unknown key is an error.
/// </summary>
internal sealed class SshClient(SshDestination destination, SshOptions options, TimeProvider time)
{
    /// <summary>Begins a shell on the far side that runs the script and can be told more by lines.</summary>
    /// <exception cref="HostingException">SshConnectionFailed: there is no ssh on this machine.</exception>
    public SshSession Start(string script, CancellationToken cancellationToken) =>
        new(Launch([.. Options(), .. Target(), "sh -s"]), script, destination, time, cancellationToken);

    /// <summary>The host that ssh goes to, after the user's configuration.</summary>
    /// <exception cref="HostingException">SshConnectionFailed.</exception>
    public async Task<string> HostAsync(CancellationToken cancellationToken)
    {
        var session = new SshSession(Launch(["-G", .. Options(), .. Target()]), "", destination, time, cancellationToken);
        await using (session.ConfigureAwait(false))
        {
            while (await session.ReadLineAsync(options.ConnectTimeout).ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith("hostname ", StringComparison.Ordinal))
                {
                    return line["hostname ".Length..].Trim();
                }
            }

            throw await session.FailureAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The options of every call. Pure.</summary>
    internal IEnumerable<string> Options()
    {
        string[] settings =
        [
            "BatchMode=yes",
            "StrictHostKeyChecking=yes",
            "NoHostAuthenticationForLocalhost=no",

            // A connection that is shared would be one whose host key was checked by other rules, or not at all.
            "ControlMaster=no",
            "ControlPath=none",

            // Its last words tell what went wrong; QUIET in the user's configuration would take them away.
            "LogLevel=ERROR",
            string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={Math.Max(1, (int)options.ConnectTimeout.TotalSeconds)}"),
            "ServerAliveInterval=5",
            "ServerAliveCountMax=3",
            "RemoteCommand=none",
            "RequestTTY=no",
            "ClearAllForwardings=yes",
            "ForwardAgent=no",
            "ForwardX11=no",
        ];
        var all = settings.AsEnumerable();
        if (options.KnownHostsFile is { } file)
        {
            all = all.Concat([$"UserKnownHostsFile={Quoted(file)}", "GlobalKnownHostsFile=none", "KnownHostsCommand=none", "UpdateHostKeys=no", "VerifyHostKeyDNS=no"]);
        }

        if (options.IdentityFile is { } identity)
        {
            all = all.Concat([$"IdentityFile={Quoted(identity)}", "IdentitiesOnly=yes"]);
        }

        return all.SelectMany(static setting => new[] { "-o", setting }).Prepend("-T");
    }

    private IEnumerable<string> Target()
    {
        if (destination.Port is { } port)
        {
            yield return "-p";
            yield return port.ToString(CultureInfo.InvariantCulture);
        }

        if (destination.User is { } user)
        {
            yield return "-l";
            yield return user;
        }

        // A SshDestination can be made without its parser; what begins with '-' must never be an option.
        yield return "--";
        yield return destination.Host;
    }

    // ssh splits this value at blanks, expands '%' and '${', and knows no escape for the latter.
    private static string Quoted(string file) => file.Contains('"', StringComparison.Ordinal) || file.Contains("${", StringComparison.Ordinal) || file.Any(char.IsControl)
        ? throw new HostingException(
            ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, file, $"ssh cannot take '{file}' for a known_hosts or key file: it has a quote, '${{' or a control character.", "Copy it to a plainer path.")
        : "\"" + file.Replace("%", "%%", StringComparison.Ordinal) + "\"";

    private Process Launch(IEnumerable<string> arguments)
    {
        var program = ProgramPath.Find(options.Program, Environment.GetEnvironmentVariable("PATH"), Environment.CurrentDirectory) ?? throw new HostingException(
            ErrorIds.SshConnectionFailed, HostingErrorCategory.ObjectNotFound, destination.ToString(), "There is no ssh on PATH.", "Install OpenSSH's client.");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            },
        };
        try
        {
            process.Start();
            return process;
        }
        catch (Win32Exception refused)
        {
            process.Dispose();
            throw new HostingException(
                ErrorIds.SshConnectionFailed, HostingErrorCategory.ExternalProgramFailed, destination.ToString(), $"'{program}' could not be started: {refused.Message}", null, refused);
        }
    }
}
