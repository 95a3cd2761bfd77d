/// A key that was made for tests and is used nowhere else.
public enum TestKey {
  /// An RSA key of 1,024 bits in PEM form; short, so that it is quick.
  public static let rsa = """
    -----BEGIN PRIVATE KEY-----
    MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBANPHWQ+Mr2qEnCQ+
    rP4IR9sWcxWhMYW/+65dG20y00s/n7bKkktISgKfg233tgVHzAwNZmVpscei4KSj
    8so33HMlo8b9LiaI74y2zoln7kKxhyeFB3QwCkZXjQ29Cc0Umd+6hIE0Ml2AvdI+
    ET+Fcu+Y59+hIsPHv+PrIGMp4DkvAgMBAAECgYAgnJYOWu+4S2tv+WbSR5wpFK/s
    KMJjgkjTdOsASc9XyxhhIZidlygudznZ+UdCUOgPAxE9lKUXxPEq6UQ995Qur1hW
    D/VOvdl25oEbD9kTMfXR+Dw8FKPRsw6KcyWxNj/CAjh06syTKqKFvJ+iTnciX/mu
    PGUeRJ/olwMrox7F4QJBAPOV5NMB/vAkFXzEcHk788GQWp1qxI0z3Xu+koAPEANn
    YN/MIg8a9/Ff7JtqPJIb5JUEsBUPjHjOhEFwfHPhKxUCQQDeknboPDgoQ2FPjNkV
    9ejI+aSr/svSU49XyuRQjxLO0ET34UjXVIf6Kw2IimzUDUFsf31Rv4pDhf3GaIDH
    yxQzAkEA5LnUw3q1TANmFeFTh9OO4SxOmlBePgT8razWXd9G9xtEsQE63hpBxep/
    /7OzKrN8YZ2kRjJygiHRuK0Kf7lovQJAPVudQiqPxLHGmtqWYhJ3ySfhOLU2VVZJ
    1wcM6BR5N+B8kuVdYldgYRwLUA/xLog0+Acxch7eq/y9WDwo/GtEtwJAfPEvYrnT
    ItY8qbiLLyDbcM95EKG4Ze/bh9intFq9GvOHMJGAoY2dVwlMsFEtKUiHKgTfXc0N
    fCzrL0LBGHpD3g==
    -----END PRIVATE KEY-----
    """
}
