using System.Net;
using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>No change of that id.</summary>
public sealed class NoSuchChangeException : AmazonRoute53Exception
{
    /// <summary>Creates the error with a message.</summary>
    public NoSuchChangeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public NoSuchChangeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public NoSuchChangeException(Exception innerException)
        : base(innerException)
    {
    }

    /// <summary>Creates the error from an answer of the service.</summary>
    public NoSuchChangeException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Creates the error from an answer of the service, with its cause.</summary>
    public NoSuchChangeException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
