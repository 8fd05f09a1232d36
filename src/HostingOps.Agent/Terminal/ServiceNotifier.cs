using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace HostingOps.Agent.Terminal;

/// <summary>Tells systemd how a service fares (sd_notify(3)), where it runs under systemd with <c>Type=notify</c>; else does nothing.</summary>
internal sealed class ServiceNotifier : IDisposable
{
    private readonly Socket? socket;
    private readonly UnixDomainSocketEndPoint? endpoint;

    /// <param name="environment">Gives <c>NOTIFY_SOCKET</c>.</param>
    public ServiceNotifier(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows() || environment("NOTIFY_SOCKET") is not { Length: > 1 } name || name[0] is not ('/' or '@'))
        {
            return;
        }

        // A leading @ stands for the NUL of Linux's abstract names.
        endpoint = new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name);
        socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    }

    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    // The time lets Type=notify-reload tell this reload from one before.
    public void Reloading() => Send(string.Create(
        CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000)}"));

    public void Alive() => Send("WATCHDOG=1");

    public void Stopping() => Send("STOPPING=1");

    public void Dispose() => socket?.Dispose();

    private void Send(string message)
    {
        try
        {
            socket?.SendTo(Encoding.UTF8.GetBytes(message), endpoint!);
        }
        catch (SocketException)
        {
            // systemd finds out by itself when it is not told; the work goes on.
        }
    }
}
