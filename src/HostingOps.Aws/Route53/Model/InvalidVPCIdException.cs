using System.Net;
using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>The VPC is not there or not the caller's.</summary>
public sealed class InvalidVPCIdException : AmazonRoute53Exception
{
    /// <summary>Creates the error with a message.</summary>
    public InvalidVPCIdException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public InvalidVPCIdException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public InvalidVPCIdException(Exception innerException)
        : base(innerException)
    {
    }

    /// <summary>Creates the error from an answer of the service.</summary>
    public InvalidVPCIdException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Creates the error from an answer of the service, with its cause.</summary>
    public InvalidVPCIdException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
