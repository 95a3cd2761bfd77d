/// Invented names that generated entries are made of.
enum Names {
  /// A name and its form in a mail address.
  struct Name { let name, mail: String }
  /// A place with its coordinates as JSON numbers.
  struct Place { let city, country, latitude, longitude: String; let state: String? }
  /// A machine as an agent's text shows it.
  struct System { let token, name, device, mobile: String }

  static let given = names(
    "Ada Bruno Carla Dmitri Elif Farid Greta Hana Idris Jana Kofi Lucía=lucia Mateo Nadia Olek "
      + "Priya Quirin Rosa Sven Tala Umar Vera Wim Ximena Yuki Zoë=zoe Aoife Björn=bjorn Chidi Dalia"
  )
  static let family = names(
    "Adler Bakker Costa Dube Eriksen Fischer Gomes Hughes Ivanov Jansen Kaya Larsen Mbeki Nguyen "
      + "Olsen Petrov Quist Rossi Santos Tanaka Ueda Varga Weiss Xu Yilmaz Zhang Łuczak=luczak "
      + "Müller=mueller Núñez=nunez O'Neil=oneil"
  )
  static let teams = [
    "All Staff", "Finance Readers", "No-Code Builders", "Service Desk", "Contractors", "Sales EMEA",
    "Sales Americas", "Research", "Legal", "Warehouse", "Site Reliability", "Payroll",
    "Board", "Interns", "Facilities",
  ]
  static let apps = [
    "Okta Dashboard", "Okta Admin Console", "Acme Mail", "Acme Chat", "Payroll Portal",
    "Expense Desk", "Wiki", "Issue Tracker", "Code Host", "Data Warehouse", "Travel Booking",
    "Learning Hub",
  ]
  static let policies = [
    "Default Policy", "Any two factors", "Password only", "Admin Console", "Contractor access",
    "High risk", "Legacy clients", "Catch-all Rule",
  ]
  static let devices = ["Laptop", "Desk machine", "Phone", "Tablet", "Kiosk", "Shared terminal"]
  static let flows = [
    "Breached credential", "Report failed sign-ins", "Greet a builder", "Offboard", "Nightly sync",
    "Rotate on-call", "Archive mailbox", "Licence count", "Expiry notice", "Reconcile groups",
  ]
  static let carriers = [
    "Example Telecom", "Example Cable", "Example Mobile", "Example Hosting", "Example University",
    "Example Fibre", "Example Transit", "Example Satellite",
  ]
  static let systems = [
    System(
      token: "Windows NT 10.0; Win64; x64",
      name: "Windows 10",
      device: "Computer",
      mobile: ""
    ),
    System(
      token: "Macintosh; Intel Mac OS X 10_15_7",
      name: "Mac OS X",
      device: "Computer",
      mobile: ""
    ),
    System(token: "X11; Linux x86_64", name: "Linux", device: "Computer", mobile: ""),
    System(
      token: "Linux; Android 16; Pixel 9",
      name: "Android 16",
      device: "Mobile",
      mobile: "Mobile "
    ),
  ]
  static let places = [
    place("Vienna", "Austria", "48.2082", "16.3738"), place("Lyon", "France", "45.757", "4.832"),
    place("Austin", "United States", "30.2672", "-97.7431", "Texas"),
    place("Toronto", "Canada", "43.6532", "-79.3832", "Ontario"),
    place("Porto", "Portugal", "41.1579", "-8.6291"),
    place("Osaka", "Japan", "34.6937", "135.5023"),
    place("Nairobi", "Kenya", "-1.2921", "36.8219"),
    place("Leeds", "United Kingdom", "53.8", "-1.549"),
    place("Tallinn", "Estonia", "59.437", "24.7536"), place("Lima", "Peru", "-12.0464", "-77.0428"),
    place("São Paulo", "Brazil", "-23.5558", "-46.6396", "São Paulo"),
    place("Gdańsk", "Poland", "54.352", "18.6466"),
    place("Busan", "South Korea", "35.1796", "129.0756"),
    place("Perth", "Australia", "-31.9523", "115.8613", "Western Australia"),
    place("Pune", "India", "18.5204", "73.8567", "Maharashtra"),
    place("Boise", "United States", "43.615", "-116.2023", "Idaho"),
    place("Bergen", "Norway", "60.3913", "5.3221"), place("Graz", "Austria", "47.0707", "15.4395"),
    place("Izmir", "Türkiye", "38.4237", "27.1428"), place("Accra", "Ghana", "5.6037", "-0.187"),
    place("Hanoi", "Vietnam", "21.0278", "105.8342"),
    place("Cork", "Ireland", "51.8985", "-8.4756"),
    place("Denver", "United States", "39.7392", "-104.9903", "Colorado"),
    place("Turku", "Finland", "60.4518", "22.2666"),
  ]

  private static func names(_ list: String) -> [Name] {
    list.split(separator: " ").map { word in
      let parts = word.split(separator: "=").map(String.init)
      return Name(name: parts[0], mail: (parts.last ?? "").lowercased().filter { $0 != "'" })
    }
  }

  private static func place(
    _ city: String,
    _ country: String,
    _ latitude: String,
    _ longitude: String,
    _ state: String? = nil
  ) -> Place {
    Place(city: city, country: country, latitude: latitude, longitude: longitude, state: state)
  }
}
