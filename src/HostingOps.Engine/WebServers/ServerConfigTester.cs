using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.WebServers;

/// <summary>
/// Has the real server on this machine judge a configuration, in a scratch folder and as the ordinary user that we are. Only the
/// listening addresses are others: that user may not have port 80. No certificate is read.
/// </summary>
internal sealed class ServerConfigTester(TimeProvider time, string? searchPath = null)
{
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
            include candidate.conf;
        }

        """;

    /// <summary>Tests a configuration.</summary>
    /// <param name="format">The server.</param>
    /// <param name="fileName">What its file is called where the server complains of it.</param>
    /// <param name="write">The configuration's text for where it listens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ServerConfigTest> TestAsync(
        WebServerFormat format, string fileName, Func<ServerListeners, string> write, CancellationToken cancellationToken)
    {
        var name = format == WebServerFormat.Nginx ? "nginx" : "caddy";
        if (ServerProgram.Find(name, searchPath) is not { } program)
        {
            return new ServerConfigTest { Outcome = ServerConfigTestOutcome.Skipped, Reason = $"There is no {name} on this machine to test it with." };
        }

        DirectoryInfo? scratch = null;
        try
        {
            scratch = Directory.CreateTempSubdirectory(Path.GetFileNameWithoutExtension(fileName) + "-");
            await File.WriteAllTextAsync(Path.Combine(scratch.FullName, fileName), write(FreeListeners()), cancellationToken).ConfigureAwait(false);
            var main = NginxMain.Replace("candidate.conf", fileName, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(scratch.FullName, "nginx.conf"), main, cancellationToken).ConfigureAwait(false);
            var output = await ProgramOutput.OfAsync(program, Arguments(format, scratch.FullName, fileName), scratch.FullName, time, cancellationToken).ConfigureAwait(false);
            return Judged(name, program, format == WebServerFormat.Nginx || output.ExitCode != 0 ? output : output with { Text = "" });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ServerConfigTest
            {
                Outcome = ServerConfigTestOutcome.Skipped,
                Reason = $"The scratch folder for {name} could not be made: {error.Message}",
                Program = program,
            };
        }
        finally
        {
            Remove(scratch);
        }
    }

    private static string[] Arguments(WebServerFormat format, string folder, string fileName) => format == WebServerFormat.Nginx
        ? ["-t", "-p", folder + Path.DirectorySeparatorChar, "-c", Path.Combine(folder, "nginx.conf")]
        : ["adapt", "--adapter", "caddyfile", "--config", Path.Combine(folder, fileName)];

    private static ServerConfigTest Judged(string name, string program, ProgramOutput output) => new()
    {
        Outcome = output.ExitCode == 0 ? ServerConfigTestOutcome.Passed : ServerConfigTestOutcome.Failed,
        Reason = output.ExitCode == 0 ? $"{name} takes it." : $"{name} refuses it.",
        Program = program,
        Output = output.Text,
    };

    // Both are held until both are known: two that were the same would be refused as a duplicate.
    private static ServerListeners FreeListeners()
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
