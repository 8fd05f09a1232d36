using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Apex.Redirects;

/// <summary>
/// Has the real server on this machine judge a configuration, in a scratch folder and as the ordinary user that we are. Only the
/// listening addresses are others: that user may not have port 80. No certificate is read.
/// </summary>
internal sealed class ServerConfigTester(TimeProvider time, string? searchPath = null)
{
    private const string FileName = "hostingops-apex.conf";

    private const string NginxMain = """
        daemon off;
        pid nginx.pid;
        error_log stderr;
        events { worker_connections 64; }
        http {
            access_log off;
            client_body_temp_path t1;
            proxy_temp_path t2;
            fastcgi_temp_path t3;
            uwsgi_temp_path t4;
            scgi_temp_path t5;
            include hostingops-apex.conf;
        }

        """;

    /// <summary>Tests the configuration that the table and the settings give.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ApexConfigTest> TestAsync(
        ApexRedirectFormat format, ApexRedirectTable table, ApexRedirectSettings settings, CancellationToken cancellationToken)
    {
        var name = format == ApexRedirectFormat.Nginx ? "nginx" : "caddy";
        if (ServerProgram.Find(name, searchPath) is not { } program)
        {
            return new ApexConfigTest { Outcome = ApexConfigTestOutcome.Skipped, Reason = $"There is no {name} on this machine to test it with." };
        }

        DirectoryInfo? scratch = null;
        try
        {
            scratch = Directory.CreateTempSubdirectory("hostingops-apex-");
            var listeners = FreeListeners();
            var text = RedirectConfigs.Write(format, table, settings, listeners).Text;
            await File.WriteAllTextAsync(Path.Combine(scratch.FullName, FileName), text, cancellationToken).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(scratch.FullName, "nginx.conf"), NginxMain, cancellationToken).ConfigureAwait(false);
            var output = await ProgramOutput.OfAsync(program, Arguments(format, scratch.FullName), scratch.FullName, time, cancellationToken).ConfigureAwait(false);
            return Judged(name, program, format == ApexRedirectFormat.Nginx || output.ExitCode != 0 ? output : output with { Text = "" });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ApexConfigTest
            {
                Outcome = ApexConfigTestOutcome.Skipped,
                Reason = $"The scratch folder for {name} could not be made: {error.Message}",
                Program = program,
            };
        }
        finally
        {
            Remove(scratch);
        }
    }

    private static string[] Arguments(ApexRedirectFormat format, string folder) => format == ApexRedirectFormat.Nginx
        ? ["-t", "-p", folder + Path.DirectorySeparatorChar, "-c", Path.Combine(folder, "nginx.conf")]
        : ["adapt", "--adapter", "caddyfile", "--config", Path.Combine(folder, FileName)];

    private static ApexConfigTest Judged(string name, string program, ProgramOutput output) => new()
    {
        Outcome = output.ExitCode == 0 ? ApexConfigTestOutcome.Passed : ApexConfigTestOutcome.Failed,
        Reason = output.ExitCode == 0 ? $"{name} takes it." : $"{name} refuses it.",
        Program = program,
        Output = output.Text,
    };

    // Both are held until both are known: two that were the same would be refused as a duplicate.
    private static ApexListeners FreeListeners()
    {
        using TcpListener http = new(IPAddress.Loopback, 0), https = new(IPAddress.Loopback, 0);
        http.Start();
        https.Start();
        return new([(IPEndPoint)http.LocalEndpoint], [(IPEndPoint)https.LocalEndpoint]);
    }

    private static void Remove(DirectoryInfo? scratch)
    {
        try
        {
            scratch?.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The system's temporary folder is cleaned anyway.
        }
    }
}
