using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>A server that others wrote, started for one test: it has begun when its port answers.</summary>
internal sealed class RealServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly StringBuilder log = new();

    private RealServer(Process process)
    {
        this.process = process;
        process.OutputDataReceived += Log;
        process.ErrorDataReceived += Log;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static async Task<RealServer> StartAsync(string program, string[] arguments, string address, int port, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = "testing";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "testing";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var server = new RealServer(Process.Start(start)!);
        var limit = DateTime.UtcNow + Patience;
        while (!await AnswersAsync(address, port))
        {
            if (server.process.HasExited || DateTime.UtcNow > limit)
            {
                server.Dispose();
                throw new InvalidOperationException($"{program} does not listen at {address}:{port}.\n{server.log}");
            }

            await Task.Delay(50);
        }

        return server;
    }

    /// <summary>The processes that it has begun and that live.</summary>
    public IReadOnlyList<string> Children => File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/task/{process.Id}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Ends it at once, its children too.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    private static async Task<bool> AnswersAsync(string address, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address), port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Log(object sender, DataReceivedEventArgs line)
    {
        lock (log)
        {
            log.AppendLine(line.Data);
        }
    }
}
