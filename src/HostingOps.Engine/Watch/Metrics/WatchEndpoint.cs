using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Watch.Status;

namespace HostingOps.Engine.Watch.Metrics;

/// <summary>
/// Answers GET <c>/metrics</c> and <c>/status</c>, and nothing else. On loopback a request that names another host than this one
/// is refused, so that a page in somebody's browser cannot read it through a name of its own.
/// </summary>
internal sealed class WatchEndpoint(
    MetricsAddress address, WatchMetrics metrics, IWatchView view, string holder, IOperationReporter reporter, TimeProvider time)
{
    private const int AtOnce = 4;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>Serves until it is cancelled. An address that can't be had is asked for again; the watcher goes on meanwhile.</summary>
    /// <param name="known">Is told the URL once it listens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Action<Uri?> known, CancellationToken cancellationToken)
    {
        if (!address.IsLoopback)
        {
            reporter.Warning($"/metrics and /status are served at {address} to whoever reaches it, without a password: they name every site and its state. Put a proxy in front that asks for one.");
        }

        var told = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using var listener = Listen(out var url);
                known(url);
                reporter.Verbose($"Serving {url}metrics and {url}status.");
                await ServeAsync(listener, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpListenerException or SocketException or PlatformNotSupportedException)
            {
                known(null);
                if (!told)
                {
                    told = true;
                    reporter.Warning($"/metrics and /status can't be served at {address}: {error.Message} The watch goes on without; it is tried again every {BetweenTries.TotalSeconds:0} s.");
                }
            }

            await Task.Delay(BetweenTries, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private HttpListener Listen(out Uri url)
    {
        for (var tries = 1; ; tries++)
        {
            var port = address.Port == 0 ? FreePort() : address.Port;
            try
            {
                var host = address.IsAny ? "+" : address.Address.ToString();
                var (listener, prefix) = Start(Choices(FormattableString.Invariant($"http://{host}:{port}/")));
                url = new Uri(prefix.Replace("//+", "//127.0.0.1", StringComparison.Ordinal));
                return listener;
            }
            catch (Exception error) when (address.Port == 0 && tries < 5 && error is HttpListenerException or SocketException)
            {
                // Somebody else was given the free port between the two calls.
            }
        }
    }

    /// <summary>
    /// What to listen on, the best first. People write localhost where they mean loopback; its prefix fails on machines whose
    /// localhost is ::1 and unusable, and is the only one that Windows gives an account without rights.
    /// </summary>
    internal static string[][] Choices(string prefix)
    {
        var named = prefix.Replace("//127.0.0.1:", "//localhost:", StringComparison.Ordinal);
        return named == prefix ? [[prefix]] : [[prefix, named], [prefix], [named]];
    }

    private static (HttpListener Listener, string Prefix) Start(string[][] choices)
    {
        for (var choice = 0; ; choice++)
        {
            var listener = new HttpListener { IgnoreWriteExceptions = true };
            try
            {
                foreach (var one in choices[choice])
                {
                    listener.Prefixes.Add(one);
                }

                listener.Start();
                return (listener, choices[choice][0]);
            }
            catch (Exception error) when (error is HttpListenerException or SocketException && choice < choices.Length - 1)
            {
                ((IDisposable)listener).Dispose();
            }
            catch
            {
                ((IDisposable)listener).Dispose();
                throw;
            }
        }
    }

    private int FreePort()
    {
        using var probe = new TcpListener(address.Address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync(HttpListener listener, CancellationToken cancellationToken)
    {
        await using var ending = cancellationToken.UnsafeRegister(static state => ((HttpListener)state!).Abort(), listener).ConfigureAwait(false);
        while (true)
        {
            HttpListenerContext context;
            try
            {
                // A wait that begins while the listener is being aborted would never end.
                context = await listener.GetContextAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            if (await places.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
            {
                _ = AnswerAsync(context, cancellationToken);
            }
            else
            {
                Refuse(context.Response, HttpStatusCode.ServiceUnavailable);
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        // Sooner or later a reader that does not read must give its place back.
        using var limit = new CancellationTokenSource(AnswerLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using var abort = either.Token.UnsafeRegister(static state => ((HttpListenerResponse)state!).Abort(), context.Response).ConfigureAwait(false);
        try
        {
            // The accepting loop must not render.
            await Task.Run(() => Answer(context), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The reader has gone, or there is a fault in here: either way the watch goes on.
            reporter.Debug($"A request for {context.Request.RawUrl} could not be answered to its end: {error.Message}");
            Fail(context.Response);
        }
        finally
        {
            places.Release();
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        if (request.HttpMethod is not ("GET" or "HEAD"))
        {
            response.Headers["Allow"] = "GET, HEAD";
            Refuse(response, HttpStatusCode.MethodNotAllowed);
            return;
        }

        switch (request.Url?.AbsolutePath)
        {
            case "/metrics":
                var open = request.Headers["Accept"]?.Contains("application/openmetrics-text", StringComparison.Ordinal) == true;
                response.ContentType = open ? MetricsText.OpenMetricsType : MetricsText.PlainType;
                Write(request, response, body =>
                {
                    var writer = new StreamWriter(body, Utf8, bufferSize: 64 * 1024);
                    new MetricsPage(metrics, time).Write(new MetricsText(writer, open), Snapshot());
                    writer.Flush();
                });
                break;
            case "/status":
                response.ContentType = "application/json; charset=utf-8";
                Write(request, response, body => WatchStatusJson.Write(body, WatchStatusReport.Of(Snapshot(), metrics, holder)));
                break;
            default:
                Refuse(response, HttpStatusCode.NotFound);
                break;
        }
    }

    private WatcherSnapshot Snapshot()
    {
        var snapshot = view.Snapshot();
        metrics.Forget(snapshot);
        return snapshot;
    }

    private static void Write(HttpListenerRequest request, HttpListenerResponse response, Action<Stream> write)
    {
        if (request.HttpMethod == "HEAD")
        {
            response.Close();
            return;
        }

        // 5,000 sites are some 10 MB of text, in which almost everything is repeated. With its length said, an answer that was cut off
        // does not look whole, and one that is not read can be aborted: the end of a chunked one would be waited for like the rest.
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            write(packing);
        }

        // The last four bytes are the length before packing (RFC 1952 section 2.3.1).
        var length = BinaryPrimitives.ReadUInt32LittleEndian(packed.GetBuffer().AsSpan((int)packed.Length - sizeof(uint)));
        packed.Position = 0;
        if (request.Headers["Accept-Encoding"]?.Contains("gzip", StringComparison.OrdinalIgnoreCase) == true)
        {
            response.Headers["Content-Encoding"] = "gzip";
            response.ContentLength64 = packed.Length;
            packed.CopyTo(response.OutputStream);
        }
        else
        {
            response.ContentLength64 = length;
            using var unpacking = new GZipStream(packed, CompressionMode.Decompress);
            unpacking.CopyTo(response.OutputStream);
        }

        response.Close();
    }

    // Aborted as it is, an answer that has not begun would look like an empty one.
    private static void Fail(HttpListenerResponse response)
    {
        try
        {
            response.StatusCode = (int)HttpStatusCode.InternalServerError;
        }
        catch (Exception error) when (error is InvalidOperationException or ObjectDisposedException)
        {
            // It has begun.
        }

        response.Abort();
    }

    private static void Refuse(HttpListenerResponse response, HttpStatusCode status)
    {
        response.StatusCode = (int)status;
        response.Close();
    }
}
