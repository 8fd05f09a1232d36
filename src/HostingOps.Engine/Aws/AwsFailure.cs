namespace HostingOps.Engine.Aws;

/// <summary>Tells failures of the network apart.</summary>
internal static class AwsFailure
{
    /// <summary>The exception and its causes, outermost first.</summary>
    public static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            yield return current;
        }
    }

    public static T? Find<T>(Exception? exception)
        where T : Exception =>
        Chain(exception).OfType<T>().FirstOrDefault();

    /// <summary>No connection came about, so nothing can have happened at the other end.</summary>
    public static bool WasNeverSent(Exception exception) =>
        Find<HttpRequestException>(exception)?.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
}
